from hypothesis import settings

# A deadline would make a slow machine fail what is right.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
