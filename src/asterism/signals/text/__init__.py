"""What a creator's own words say: language, niche, tone, brand safety, brands shown and price positioning.

Knows words in English, German, French, Spanish, Portuguese and Italian; hands shares with ranges, and the sentence each
rests on, to the signal of fit.
"""
