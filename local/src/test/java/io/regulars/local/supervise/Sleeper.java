package io.regulars.local.supervise;

import java.util.concurrent.CountDownLatch;

/// A process that does nothing until it is told to stop.
public final class Sleeper {

    private Sleeper() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("asleep " + System.getenv("DREAM"));
        new CountDownLatch(1).await();
    }
}
