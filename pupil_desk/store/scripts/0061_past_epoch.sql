-- Epochs of the data key that have ended. What was sealed in one, a row of the log, a receipt, a note beside the file, is proved by its keys; none of
-- them opens anything. A row of the log up to last_seq, and after the last_seq before, is of that epoch.
CREATE TABLE past_epoch (
  epoch INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  ended_at TEXT NOT NULL,
  log_key TEXT NOT NULL,
  receipt_key TEXT NOT NULL
) STRICT;
CREATE TRIGGER past_epoch_keep BEFORE UPDATE ON past_epoch BEGIN SELECT raise(ABORT, 'append-only: past_epoch'); END;
CREATE TRIGGER past_epoch_stay BEFORE DELETE ON past_epoch BEGIN SELECT raise(ABORT, 'append-only: past_epoch'); END;

-- In which epoch a backup was made: one of before the present is still opened by the passwords of its time.
ALTER TABLE backup_made ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1;
