"""Labour Migration Mapper."""
