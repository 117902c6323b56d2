"""The site as a whole: how its generator lays it out, and what all its pages say."""
