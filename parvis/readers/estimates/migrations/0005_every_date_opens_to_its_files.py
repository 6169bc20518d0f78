"""Every count of dates opens to its files; it is counted anew every night, so none is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("estimates", "0004_a_count_of_dates_opens_to_its_files"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM estimates_keptfigure", migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="keptfigure",
            name="a_count_opens_to_as_many_files",
        ),
        migrations.AddConstraint(
            model_name="keptfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(files__len=models.F("due"), days__len=models.F("due")),
                name="a_count_opens_to_as_many_files",
            ),
        ),
    ]
