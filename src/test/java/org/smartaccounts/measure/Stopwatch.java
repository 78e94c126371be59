package org.smartaccounts.measure;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** How long somebody waits for an answer, call by call. */
public final class Stopwatch {

    private static final double NANOS_A_MILLISECOND = 1_000_000;

    private final Map<String, Queue<Long>> nanos = new ConcurrentHashMap<>();

    /** Times a call of that name. */
    public <T> T time(String call, Supplier<T> work) {
        long begin = System.nanoTime();
        T result = work.get();
        nanos.computeIfAbsent(call, name -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - begin);
        return result;
    }

    /** Adds what another one has measured. */
    public void add(Stopwatch other) {
        other.nanos.forEach((call, times) -> nanos.computeIfAbsent(call, name -> new ConcurrentLinkedQueue<>())
                .addAll(times));
    }

    /** The so-manieth percentile of each call, in milliseconds. */
    public Map<String, Double> percentile(double percent) {
        Map<String, Double> result = new TreeMap<>();
        nanos.forEach((call, times) -> {
            long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
            int index = (int) Math.ceil(percent / 100 * sorted.length) - 1;
            result.put(call, sorted[Math.max(0, index)] / NANOS_A_MILLISECOND);
        });
        return result;
    }

    /** The median of some figures. */
    public static double median(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
