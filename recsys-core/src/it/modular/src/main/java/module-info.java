module com.example.modular {
  requires dev.recsys;
}
