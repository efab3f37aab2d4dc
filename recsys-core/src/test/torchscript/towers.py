"""Writes the TorchScript towers of TorchScriptModelTest, which computes the same by itself.

    python3 towers.py ../resources/torchscript

Needs torch (2.15 wrote those that are there). Nothing in them is trained: row r of table t is
sin(13 t + 7 r + c) in column c.
"""
import pathlib
import sys

import torch
from torch import nn

DIMENSION = 8


def table(number: int, rows: int) -> nn.Parameter:
    r = torch.arange(rows).unsqueeze(1)
    c = torch.arange(DIMENSION).unsqueeze(0)
    return nn.Parameter(torch.sin((13 * number + 7 * r + c).double()).float(), requires_grad=False)


class Users(nn.Module):
    """Rows of the id, side and city of n users to n vectors."""

    def __init__(self):
        super().__init__()
        self.tables = nn.ParameterList([table(0, 61), table(1, 3), table(2, 6)])

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        total = torch.zeros(rows.size(0), 8)
        for slot, rows_of in enumerate(self.tables):
            total = total + rows_of[rows[:, slot]]
        return nn.functional.normalize(total, dim=1)


class Items(nn.Module):
    """Ids, styles, titles, labels and years of n items to n vectors."""

    def __init__(self):
        super().__init__()
        self.id = table(3, 41)
        self.style = table(4, 4)
        self.word = table(5, 64)
        self.label = table(6, 4)
        self.year = table(7, 1)

    def forward(
        self,
        ids: torch.Tensor,
        styles: torch.Tensor,
        has_style: torch.Tensor,
        words: torch.Tensor,
        has_word: torch.Tensor,
        labels: torch.Tensor,
        years: torch.Tensor,
    ) -> torch.Tensor:
        total = self.id[ids] + self.label[labels] + years.unsqueeze(1) * self.year
        total = total + (self.style[styles] * has_style.unsqueeze(2)).sum(1)
        total = total + (self.word[words] * has_word.unsqueeze(2)).sum(1)
        return nn.functional.normalize(total, dim=1)


def main(directory: pathlib.Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    torch.jit.script(Users()).save(str(directory / "users.pt"))
    torch.jit.script(Items()).save(str(directory / "items.pt"))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
