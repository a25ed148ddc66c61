package dev.mystical.scanner.app.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.mystical.scanner.http.MetricsView;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Program, process and JVM, under the names of Prometheus' own libraries where they have one. */
public final class ProcessMetrics implements MetricsView {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private final String version;

  public ProcessMetrics(String version) {
    this.version = version;
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(
        new Metric(
            "scanner_build_info",
            "1, with the program's version",
            Type.GAUGE,
            List.of(Sample.of(Map.of("version", version), 1))));
    metrics.add(
        gauge(
            "process_start_time_seconds",
            "When the process started, in Unix time",
            ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      metrics.add(
          counter(
              "process_cpu_seconds_total",
              "Processor time that the process used",
              unix.getProcessCpuTime() / NANOS));
      metrics.add(
          gauge("process_open_fds", "Open files", (double) unix.getOpenFileDescriptorCount()));
      metrics.add(
          gauge("process_max_fds", "Most open files", (double) unix.getMaxFileDescriptorCount()));
    }
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    metrics.add(heap("jvm_memory_used_bytes", "Memory in use", heap.getUsed()));
    metrics.add(heap("jvm_memory_max_bytes", "Most memory allowed", heap.getMax()));
    metrics.add(counter("jvm_gc_seconds_total", "Time spent on garbage collection", collecting()));
    return metrics;
  }

  private static double collecting() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .filter(time -> time > 0)
            .sum()
        / MILLIS;
  }

  private static Metric heap(String name, String help, long bytes) {
    Sample sample = Sample.of(Map.of("area", "heap"), (double) bytes);
    return new Metric(name, help, Type.GAUGE, List.of(sample));
  }

  private static Metric gauge(String name, String help, double value) {
    return Metric.of(name, help, Type.GAUGE, value);
  }

  private static Metric counter(String name, String help, double value) {
    return Metric.of(name, help, Type.COUNTER, value);
  }
}
