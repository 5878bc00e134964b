"""The record of one pupil, part by part."""
