"""Examples of what is made with Herstelwijzer: content, and a front end."""
