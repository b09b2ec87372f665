from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("published", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="emergencystop",
            options={"verbose_name": "emergency stop", "verbose_name_plural": "emergency stops"},
        ),
    ]
