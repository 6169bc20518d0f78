"""A count of dates opens to their files; it is counted anew every night, so none is kept."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("estimates", "0003_dates_are_scored_as_of_a_day"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM estimates_keptfigure", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="keptfigure",
            name="files",
            field=django.contrib.postgres.fields.ArrayField(models.BigIntegerField(), default=list),
        ),
        migrations.AddField(
            model_name="keptfigure",
            name="days",
            field=django.contrib.postgres.fields.ArrayField(models.DateField(), default=list),
        ),
        migrations.AddConstraint(
            model_name="keptfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(files=[], days=[])
                | models.Q(files__len=models.F("due"), days__len=models.F("due")),
                name="a_count_opens_to_as_many_files",
            ),
        ),
    ]
