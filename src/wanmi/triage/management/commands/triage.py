"""`wanmi triage`: train a version of what is suggested, or report how good one is."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wanmi.triage import actions, presenting, queries


class Command(BaseCommand):
    help = "Train what is suggested for new reports, or report how often it is right."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Offer training and reporting."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        train = deeds.add_parser("train", help="learn from past cases; the report is printed")
        train.add_argument("--seed", type=int, default=1, help="which examples are held out")
        train.add_argument("--activate", action="store_true", help="put the version in force")
        report = deeds.add_parser("report", help="precision and recall by class, held out")
        report.add_argument("--version", type=int, dest="key", help="a version; else that in force")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        if options["deed"] == "train":
            model = actions.train_now(seed=options["seed"])
            if options["activate"]:
                actions.activate(model, by=None)
        else:
            model = self._asked(options["key"])
        self._report(model)

    def _asked(self, key: int | None) -> queries.Model:
        rows = queries.versions().filter(state=queries.State.READY)
        found = rows.filter(pk=key).first() if key is not None else queries.in_force()
        found = found or (rows.first() if key is None else None)
        if found is None:
            raise CommandError(_("Nothing was trained yet: run `wanmi triage train`."))
        return found

    def _report(self, model: queries.Model) -> None:
        line = _("Version %(key)s, %(state)s: %(own)s own examples, %(starter)s starter sentences")
        state = _("in force") if model.is_in_force else _("not in force")
        counts = {"own": model.own_examples, "starter": model.starter_examples}
        self.stdout.write(line % {"key": model.pk, "state": state, **counts})
        for target, name, is_learnt in presenting.targets(model):
            self.stdout.write("")
            if is_learnt:
                self._target(model, target, name)
            else:
                self.stdout.write(_("%(name)s: too few examples yet") % {"name": name})

    def _target(self, model: queries.Model, target: str, name: str) -> None:
        figures = presenting.figures(model, target) or {}
        self.stdout.write(f"{name} ({figures['measured_on']})")
        line = _(
            "  right %(accuracy)s %%, among three %(top3)s %%, of %(tested)s held out;"
            " always “%(baseline_name)s”: %(baseline)s %%"
        )
        self.stdout.write(line % figures)
        if figures["before"] is not None:
            line = _("  the version in force on the same examples: %(before)s %%")
            self.stdout.write(line % figures)
        self.stdout.write(_line(*_heads()))
        for row in presenting.rows(model, target):
            shown = (row.name, _share(row.precision), _share(row.recall), str(row.tested))
            self.stdout.write(_line(*shown))
        said = ", ".join(
            f"{each.said:.0f} % → {each.came_true:.0f} % ({each.count})" for each in figures["bins"]
        )
        line = _("  calibration (said → came true): %(said)s; off by %(off)s points")
        self.stdout.write(line % {"said": said, "off": figures["off"]})


def _heads() -> tuple[str, str, str, str]:
    return _("class"), _("precision"), _("recall"), _("tested")


def _line(name: str, precision: str, recall: str, tested: str) -> str:
    return f"  {name[:28]:<28} {precision:>10} {recall:>8} {tested:>7}"


def _share(percent: float | None) -> str:
    return "–" if percent is None else f"{percent:.1f}"
