package dev.foundation.stream;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads and queues behind {@link Ordered}: one thread reads the source into free blocks, up to {@code workers} threads transform them, the
 * caller takes them in the order of the source. There are {@code workers + 2} blocks: one being read, one with the caller, one for each worker;
 * so memory is bounded and a slow caller stops the source. A stream of one block is transformed by the thread that read it.
 */
final class Line {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InputStream source;
    private final String name;
    private final int blockSize;
    private final int workers;
    private final Supplier<? extends Transform> transforms;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Block> free = new ArrayDeque<>();
    private final Deque<Block> work = new ArrayDeque<>();
    private final Deque<Block> order = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private int made;
    private int crew;
    private int idle;
    private boolean fed;
    private boolean stopped;

    Line(InputStream source, String name, int blockSize, int workers, Supplier<? extends Transform> transforms) {
        if (blockSize < 1 || workers < 1) {
            throw new IllegalArgumentException(
                    "a block size and a number of workers are at least 1, not " + blockSize + " and " + workers);
        }
        this.source = source;
        this.name = name;
        this.blockSize = blockSize;
        this.workers = workers;
        this.transforms = transforms;
    }

    /** The next block in order, transformed or failed; {@code previous} is given back. */
    Block next(@Nullable Block previous) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (previous != null) {
                free.add(previous);
                changed.signalAll();
            }
            if (threads.isEmpty() && !stopped) {
                start("reader", this::feed);
            }
            while (!stopped) {
                Block head = order.peek();
                if (head != null && head.done()) {
                    return order.remove();
                }
                changed.await();
            }
            throw new IOException("the stream was closed while it was read");
        } finally {
            lock.unlock();
        }
    }

    /** Tells all threads to end; returns at once. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
            threads.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the threads have ended: nothing reads the source or holds native memory afterwards. */
    void join() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread each : List.copyOf(threads)) { // none is added once the line is stopped
            while (each != Thread.currentThread() && each.isAlive() && System.nanoTime() < deadline) {
                try {
                    each.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                } catch (InterruptedException e) {
                    interrupted = true; // kept for the caller; the threads have been told to end and will
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(String role, Runnable task) {
        threads.add(Thread.ofPlatform().daemon().name(name + " " + role).start(task));
    }

    private void feed() {
        int ahead = -1;
        boolean more = true;
        for (long index = 0; more; index++) {
            Block block = takeFree();
            if (block == null) {
                return;
            }
            @Nullable Throwable problem = null;
            try {
                ahead = block.fill(source, blockSize, index, ahead);
            } catch (Throwable e) {
                problem = e;
            }
            more = problem == null && !block.last();
            if (problem == null && index == 0 && !more) {
                problem = alone(block);
                offer(block, problem, true, true);
            } else {
                offer(block, problem, problem != null, !more);
            }
        }
    }

    private @Nullable Throwable alone(Block block) {
        try (Transform transform = transforms.get()) {
            transform.apply(block);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private @Nullable Block takeFree() {
        lock.lock();
        try {
            while (!stopped) {
                Block block = free.poll();
                if (block != null) {
                    return block;
                }
                if (made < workers + 2) {
                    made++;
                    return new Block();
                }
                changed.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void offer(Block block, @Nullable Throwable problem, boolean finished, boolean end) {
        lock.lock();
        try {
            fed = end;
            order.add(block);
            if (finished) {
                block.finish(problem);
            } else {
                work.add(block);
                if (work.size() > idle && crew < workers && !stopped) {
                    start("worker " + ++crew, this::transform);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void transform() {
        Block block = takeWork();
        try (Transform transform = transforms.get()) {
            while (block != null) {
                @Nullable Throwable problem = null;
                try {
                    transform.apply(block);
                } catch (Throwable e) {
                    problem = e;
                }
                finish(block, problem);
                block = null;
                block = takeWork();
            }
        } catch (Throwable e) { // no transform could be made, or closed
            if (block != null) {
                finish(block, e);
            }
        }
    }

    private @Nullable Block takeWork() {
        lock.lock();
        try {
            idle++;
            while (!stopped && work.isEmpty() && !fed) {
                changed.awaitUninterruptibly();
            }
            idle--;
            return stopped ? null : work.poll();
        } finally {
            lock.unlock();
        }
    }

    private void finish(Block block, @Nullable Throwable problem) {
        lock.lock();
        try {
            block.finish(problem);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
