"""A score says on which day it was counted; it is counted anew every night, so none is kept."""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("estimates", "0002_what_is_given_and_kept"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM estimates_keptfigure", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="keptfigure",
            name="as_of",
            field=models.DateField(default=date.min),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="keptfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__lt", models.F("as_of"))),
                name="dates_were_due_before_they_were_counted",
            ),
        ),
    ]
