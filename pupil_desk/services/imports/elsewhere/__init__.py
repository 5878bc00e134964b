"""What others say of a pupil's sessions: the registers of main schools, and the returns of providers. Neither touches the unit's own register."""
