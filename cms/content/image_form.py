from typing import Any

from wagtail.images.forms import BaseImageForm

from cms.content import renditions


class ImageForm(BaseImageForm):
    """Wagtail throws all renditions away after storing a new file: also those just made."""

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            renditions.renew(image)
        return image
