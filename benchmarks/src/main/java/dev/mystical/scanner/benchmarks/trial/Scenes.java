package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.StubRules;
import java.util.ArrayList;
import java.util.List;

/**
 * A scene for each program at the same time, where what is measured leaves the machine mostly idle:
 * what disturbs one disturbs all.
 */
record Scenes(List<Scene> all) implements AutoCloseable {
  static Scenes open(Places places, StubRules rules) throws InterruptedException {
    Scenes scenes = new Scenes(new ArrayList<>());
    try {
      for (Contender contender : places.contenders()) {
        scenes.all.add(Scene.open(places, contender, rules));
      }
      return scenes;
    } catch (RuntimeException | InterruptedException failure) {
      scenes.close();
      throw failure;
    }
  }

  void send(int requests) {
    all.forEach(scene -> scene.send(requests));
  }

  @Override
  public void close() {
    all.forEach(Scene::close);
  }
}
