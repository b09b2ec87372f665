from typing import Any

from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    """Wagtail deletes the old file and all renditions when it has stored a new file.

    The old ones stay for a while (replaced.py) and the new ones are made by then
    (CustomImage.save), so Wagtail is not told that there was a file before.
    """

    def save(self, commit: bool = True) -> Any:
        self.original_file = None
        return super().save(commit=commit)
