from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_withdrawal")]

    operations = [
        migrations.AlterModelOptions(
            name="withdrawal",
            options={"verbose_name": "withdrawal", "verbose_name_plural": "withdrawals"},
        ),
    ]
