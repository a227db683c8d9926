package io.regulars.bench.audience;

/// How many a condition picks, and how many of them each channel may reach.
record Counted(long customers, long email, long sms, long inbox) {}
