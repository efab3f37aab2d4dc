#!/usr/bin/env python3
"""Trains the fusion model's towers in PyTorch for Python and prints ratings per second.

The same towers, batches and optimizer as `recsys train`, written as one would in Python: for what the
training costs there. Needs torch and numpy (requirements-torch.txt). Reads ml-1m's three files.

    python3 torch_towers.py --data ml-1m --batches 150
    python3 torch_towers.py --data ml-1m --batches 150 --distinct
"""

import argparse
import os
import re
import time

import numpy as np
import torch
from torch import nn

DIMENSION, ID, CATEGORY, VALUE, TOKEN, TEXT, TOKENS = 200, 256, 16, 32, 32, 32, 16


def lines(directory, name):
    with open(os.path.join(directory, name), encoding="iso-8859-1") as file:
        for line in file:
            yield line.rstrip("\n").split("::")


def rows_of(values):
    """Row 0 is for the unknown."""
    return {value: row for row, value in enumerate(sorted(set(values)), start=1)}


class Data:
    def __init__(self, directory):
        users = list(lines(directory, "users.dat"))
        movies = list(lines(directory, "movies.dat"))
        user_rows = rows_of(int(u[0]) for u in users)
        item_rows = rows_of(int(m[0]) for m in movies)
        columns = [rows_of(u[c] for u in users) for c in (1, 2, 3)]
        self.user = torch.zeros(len(user_rows) + 1, 4, dtype=torch.long)
        for u in users:
            row = user_rows[int(u[0])]
            self.user[row] = torch.tensor([row] + [columns[c][u[c + 1]] for c in range(3)])
        genres = rows_of(g for m in movies for g in m[2].split("|"))
        titles = [re.findall(r"\w+", re.sub(r"\(\d+\)$", "", m[1]).lower())[:TOKENS] for m in movies]
        words = rows_of(w for t in titles for w in t)
        self.item = torch.arange(len(item_rows) + 1)
        self.genres = torch.zeros(len(item_rows) + 1, len(genres) + 1)
        self.words = torch.zeros(len(item_rows) + 1, TOKENS, dtype=torch.long)
        self.length = torch.ones(len(item_rows) + 1)
        self.year = torch.zeros(len(item_rows) + 1, 1)
        for movie, title in zip(movies, titles):
            row = item_rows[int(movie[0])]
            own = [genres[g] for g in movie[2].split("|")]
            self.genres[row, own] = 1.0 / len(own)
            self.words[row, : len(title)] = torch.tensor([words[w] for w in title], dtype=torch.long)
            self.length[row] = max(1, len(title))
            self.year[row] = (int(movie[1][-5:-1]) - 1986) / 17.0
        ratings = np.array([[int(c) for c in r[:3]] for r in lines(directory, "ratings.dat")])
        self.users = torch.tensor([user_rows[u] for u in ratings[:, 0]])
        self.items = torch.tensor([item_rows[i] for i in ratings[:, 1]])
        self.labels = torch.tensor(2.0 * ratings[:, 2] - 5, dtype=torch.float32)
        self.sizes = dict(users=len(user_rows) + 1, items=len(item_rows) + 1, words=len(words) + 1,
                          columns=[len(c) + 1 for c in columns], genres=len(genres) + 1)


class Users(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        rows = [sizes["users"]] + sizes["columns"]
        widths = [ID] + [CATEGORY] * 3
        self.embeddings = nn.ModuleList(nn.Embedding(r, w) for r, w in zip(rows, widths))
        self.layers = nn.ModuleList(nn.Linear(w, DIMENSION, bias=False) for w in widths)
        self.biases = nn.ModuleList(nn.Embedding(r, 1) for r in rows)
        self.shift = nn.Parameter(torch.zeros(DIMENSION))

    def forward(self, rows):
        total, offset = self.shift, 0
        for i, (table, layer, bias) in enumerate(zip(self.embeddings, self.layers, self.biases)):
            total = total + layer(table(rows[:, i]))
            offset = offset + bias(rows[:, i])
        return nn.functional.normalize(torch.tanh(total), dim=1), offset


class Items(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.id = nn.Embedding(sizes["items"], ID)
        self.id_layer = nn.Linear(ID, DIMENSION, bias=False)
        self.id_bias = nn.Embedding(sizes["items"], 1)
        self.genre = nn.Parameter(torch.randn(sizes["genres"], VALUE) * 0.1)
        self.genre_layer = nn.Linear(VALUE, DIMENSION, bias=False)
        self.genre_bias = nn.Parameter(torch.zeros(sizes["genres"], 1))
        self.word = nn.Embedding(sizes["words"], TOKEN, padding_idx=0)
        self.convolution = nn.Conv1d(TOKEN, TEXT, 3, padding=1)
        self.text_layer = nn.Linear(TEXT, DIMENSION, bias=False)
        self.year_layer = nn.Linear(1, DIMENSION, bias=False)
        self.shift = nn.Parameter(torch.zeros(DIMENSION))

    def forward(self, ids, genres, words, length, year):
        text = torch.tanh(self.convolution(self.word(words).transpose(1, 2)))
        text = (text * (words > 0).unsqueeze(1)).sum(2) / length.unsqueeze(1)
        total = (self.shift + self.id_layer(self.id(ids)) + self.genre_layer(genres @ self.genre)
                 + self.text_layer(text) + self.year_layer(year))
        offset = self.id_bias(ids) + genres @ self.genre_bias
        return nn.functional.normalize(torch.tanh(total), dim=1), offset


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", required=True, help="directory of ml-1m")
    parser.add_argument("--batches", type=int, default=150)
    parser.add_argument("--batch-size", type=int, default=4096)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--distinct", action="store_true",
                        help="send each user and item of a batch through its tower once, as recsys does")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    data = Data(options.data)
    users, items = Users(data.sizes), Items(data.sizes)
    scale, mean = nn.Parameter(torch.tensor(5.0)), nn.Parameter(data.labels.mean())
    parameters = list(users.parameters()) + list(items.parameters()) + [scale, mean]
    optimizer = torch.optim.AdamW(parameters, lr=5e-3, weight_decay=0.1, fused=True)
    averages = [p.detach().clone() for p in parameters]
    order = torch.randperm(len(data.labels))
    warm, start, loss = 10, 0.0, torch.tensor(0.0)
    for batch in range(warm + options.batches):
        if batch == warm:
            start = time.perf_counter()
        at = order[batch * options.batch_size % (len(order) - options.batch_size):][: options.batch_size]
        u, i = data.users[at], data.items[at]
        u_at = i_at = slice(None)
        if options.distinct:
            u, u_at = torch.unique(u, return_inverse=True)
            i, i_at = torch.unique(i, return_inverse=True)
        u_vector, u_offset = users(data.user[u])
        i_vector, i_offset = items(data.item[i], data.genres[i], data.words[i], data.length[i], data.year[i])
        cosine = (u_vector[u_at] * i_vector[i_at]).sum(1)
        score = scale * cosine + u_offset[u_at].squeeze(1) + i_offset[i_at].squeeze(1) + mean
        loss = ((score - data.labels[at]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(averages, [p.detach() for p in parameters], 0.002)
    seconds = time.perf_counter() - start
    print("torch %s, %d thread(s)%s: %.0f ratings/s, last loss %.3f" % (
        torch.__version__, options.threads, ", distinct rows" if options.distinct else "",
        options.batches * options.batch_size / seconds, loss.item()))


if __name__ == "__main__":
    main()
