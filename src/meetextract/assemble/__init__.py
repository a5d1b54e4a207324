"""From mentions to the record: what belongs together is decided here, within the clause and the sentence."""
