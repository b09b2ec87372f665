from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0005_items_and_providers")]

    operations = [
        migrations.AddField(
            model_name="customimage",
            name="alt_en",
            field=models.CharField(
                blank=True,
                help_text=(
                    "Needed before an English page can show it. "
                    "Example: Woman lies on her side with a cushion between her knees"
                ),
                max_length=250,
                verbose_name="alternative text in English",
            ),
        ),
    ]
