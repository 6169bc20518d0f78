"""Files taken along are counted by month; the house's own commands look without a user."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accesses", "0001_who_looked"),
    ]

    operations = [
        migrations.AlterField("access", "user", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "access",
            models.Index(
                fields=["at"], name="files_taken_along", condition=models.Q(act="take-along")
            ),
        ),
        migrations.AddConstraint(
            "access",
            models.CheckConstraint(
                name="nobody_but_the_house_looks_unnamed",
                condition=models.Q(user__isnull=False) | models.Q(capacity="house"),
            ),
        ),
    ]
