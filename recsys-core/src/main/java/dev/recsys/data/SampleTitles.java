package dev.recsys.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Titles of films that nobody made: every pair of a first and a second word. */
final class SampleTitles {
  private static final String[] FIRST =
      ("Amber Borrowed Brass Clockwork Cobalt Copper Crooked Drowsy Emerald Feathered Folding"
              + " Forgetful Gilded Glass Hollow Humming Inland Ivory Jagged Lacquered Lopsided"
              + " Marbled Mossy Nine-Day Ninth Opal Orbital Paper Patient Quilted Restless"
              + " Saffron Sideways Sleepless Tangled Threadbare Tin Unlit Velvet Wandering")
          .split(" ");
  private static final String[] SECOND =
      ("Almanac Anchorage Apiary Archive Bakery Barometer Bell Bureau Café Caravan Carousel"
              + " Compass Conservatory Cormorant Cupboard Ferry Fjord Gazette Harmonica Harvest"
              + " Hourglass Kiosk Lantern Lighthouse Locksmith Meridian Nightingale Observatory"
              + " Orchard Pavilion Piñata Postcard Quarry Regatta Semaphore Staircase Telegram"
              + " Tollgate Umbrella Zeppelin")
          .split(" ");

  /** How many different titles there are. */
  static final int MOST = 1600;

  private SampleTitles() {}

  /** Returns every title once, shuffled. */
  static List<String> shuffled(Random random) {
    List<String> titles = new ArrayList<>(MOST);
    for (String first : FIRST) {
      for (String second : SECOND) {
        titles.add(first + " " + second);
      }
    }
    Collections.shuffle(titles, random);
    return titles;
  }
}
