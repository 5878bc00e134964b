-- Which choice was the last on file when two parents' words were settled: what is recorded later on the same day counts beside the settlement.
ALTER TABLE wish_step ADD COLUMN settled_after INTEGER;
