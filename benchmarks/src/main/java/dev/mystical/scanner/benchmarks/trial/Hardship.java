package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.StubRules;
import dev.mystical.scanner.benchmarks.trial.Figure.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A way in which things go wrong.
 *
 * @param title what goes wrong
 * @param requests that are there before it begins
 * @param settings of ours
 */
record Hardship(
    String title, StubRules rules, int requests, Map<String, String> settings, Course course) {
  /** What happens while it goes on. */
  interface Course {
    /** Lets all programs of these scenes work on what was sent, and waits for none of them. */
    List<Program> begin(Scenes scenes, Map<String, String> settings) throws InterruptedException;
  }

  private static final Pattern SCAN = Pattern.compile("\"scanId\": \"([^\"]+)\"");
  private static final Duration LONGEST = Duration.ofMinutes(3);

  String secondTasks() {
    return title + ": second tasks";
  }

  String lost() {
    return title + ": lost or dead-lettered";
  }

  String calls() {
    return title + ": RunTask calls a scan";
  }

  List<Figure> figures() {
    return List.of(
        new Figure(secondTasks(), "%.0f", Goal.atMost(0, "none")),
        new Figure(lost(), "%.0f", Goal.atMost(0, "none")),
        new Figure(calls(), "%.2f", Goal.NONE));
  }

  void measure(Places places, Samples samples) throws InterruptedException {
    try (Scenes scenes = Scenes.open(places, rules)) {
      scenes.send(requests);
      List<Program> programs = course.begin(scenes, settings);
      long end = System.nanoTime() + LONGEST.toNanos();
      for (int i = 0; i < programs.size(); i++) {
        Scene scene = scenes.all().get(i);
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        boolean unused = programs.get(i).holdsWithin(() -> scene.stub().queue().size() == 0, left);
      }
      // A task may be launched a second time by who works on a copy of a message that is gone.
      Thread.sleep(Duration.ofSeconds(4));
      scenes.all().forEach(scene -> count(scene, samples));
    }
  }

  private void count(Scene scene, Samples samples) {
    Map<String, Integer> tasks = scene.stub().tasks().byStarter();
    int all = tasks.values().stream().mapToInt(Integer::intValue).sum();
    Set<String> dead = starters(scene.stub().queue().deadLetters());
    Predicate<String> lost = starter -> !tasks.containsKey(starter) || dead.contains(starter);
    samples.add(secondTasks(), scene.contender(), all - tasks.size());
    long gone = IntStream.range(0, scene.sent()).mapToObj(Scene::starter).filter(lost).count();
    samples.add(lost(), scene.contender(), (double) gone);
    samples.add(
        calls(), scene.contender(), scene.stub().calls().count("RunTask") / (double) scene.sent());
  }

  private static Set<String> starters(List<String> bodies) {
    return bodies.stream()
        .map(SCAN::matcher)
        .flatMap(matcher -> matcher.find() ? Stream.of(matcher) : Stream.<Matcher>empty())
        .map(matcher -> "scan/" + matcher.group(1) + "/sonar")
        .collect(Collectors.toSet());
  }
}
