package dev.mystical.scanner.benchmarks.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the program beside two others that do the same calls with no safety, on the same stubs
 * of SQS and ECS, which are in this process. Ends with 1 where something could not be measured,
 * whatever the targets.
 */
@SuppressWarnings("SystemOut") // a program for people
public final class Bench {
  private static final List<Row> ROWS =
      List.of(
          new CpuRow(),
          new StartRow(),
          new LatencyRow(),
          new IdleRow(),
          new HardRow(),
          new LiveRow(),
          new OverloadRow());

  private Bench() {}

  /**
   * Measures.
   *
   * @param arguments the home of the program, the jar of the bare loop, the folder of the Node.js
   *     application (may not exist), an empty folder, how many rounds, who takes part ("all", or
   *     names with commas), and the rows, or none for all
   */
  public static void main(String[] arguments) throws InterruptedException {
    Path node = Path.of(arguments[2]);
    Places places =
        new Places(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Files.isDirectory(node) ? Optional.of(node) : Optional.empty(),
            Path.of(arguments[3]),
            arguments[5]);
    int rounds = Integer.parseInt(arguments[4]);
    List<Row> rows = rows(List.of(arguments).subList(6, arguments.length));
    if (places.node().isEmpty()) {
      System.out.println("Node.js is left out: npm could not make its application.");
    }
    Thread last = new Thread(() -> ProcessHandle.current().descendants().forEach(Bench::end));
    Runtime.getRuntime().addShutdownHook(last);
    System.exit(measure(places, rows, rounds));
  }

  private static void end(ProcessHandle ours) {
    boolean unused = ours.destroyForcibly();
  }

  private static List<Row> rows(List<String> names) {
    Map<String, Row> known = new LinkedHashMap<>();
    ROWS.forEach(row -> known.put(row.name(), row));
    for (String name : names) {
      if (!known.containsKey(name)) {
        System.err.println("no row " + name + "; there are " + String.join(", ", known.keySet()));
        System.exit(2);
      }
    }
    return names.isEmpty() ? ROWS : names.stream().map(known::get).toList();
  }

  private static int measure(Places places, List<Row> rows, int rounds)
      throws InterruptedException {
    Samples samples = new Samples();
    List<Figure> figures = new ArrayList<>();
    boolean whole = true;
    for (Row row : rows) {
      long start = System.nanoTime();
      try {
        for (int round = 0; round < Math.min(rounds, row.rounds()); round++) {
          row.round(places, samples);
        }
      } catch (RuntimeException failure) {
        whole = false;
        System.err.println(row.name() + " could not be measured");
        failure.printStackTrace();
      }
      System.err.printf("%s took %d s%n", row.name(), (System.nanoTime() - start) / 1_000_000_000);
      figures.addAll(row.figures());
      System.out.println(Table.of(row.figures(), samples));
    }
    if (rows.size() > 1) {
      System.out.println(Table.of(figures, samples));
    }
    return whole ? 0 : 1;
  }
}
