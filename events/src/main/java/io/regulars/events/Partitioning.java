package io.regulars.events;

/// All of one customer's events lie in one partition of each topic, whatever the record key is; what is about no
/// customer lies with its merchant.
public final class Partitioning {

    private Partitioning() {}

    /// A stable number for the customer, spread evenly over the non-negative ints (the finaliser of SplitMix64).
    public static int spread(int merchantId, long customerId) {
        long mixed = merchantId * 0x9E3779B97F4A7C15L + customerId;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (int) ((mixed ^ (mixed >>> 31)) & Integer.MAX_VALUE);
    }

    public static int partition(Event event, int partitions) {
        return spread(event.merchantId(), event.customerId()) % partitions;
    }
}
