"""Rules as editors write them: rows in the admin, and the way from them to a rule set and back.

vocabulary   what may be chosen: conditions, terms, signals, sorts of items
fields       columns that hold such choices
definition   rows -> the definition of a rule set (pure)
rows         a definition -> rows, for what came from a file
problems     what keeps rows from being published, at the row and field
forms        the same, in the admin's form
words        a rule in words (pure); preview: with the items that it touches now
publish      freezing a draft, filling one, publishing an older rule set again
"""
