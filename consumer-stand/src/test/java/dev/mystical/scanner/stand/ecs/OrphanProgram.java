package dev.mystical.scanner.stand.ecs;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A JVM with a stand and one container, made to be killed: its folder, its command. */
final class OrphanProgram {

  private OrphanProgram() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> line = List.of(args).subList(1, args.length);
    LocalEcsSettings settings =
        LocalEcsSettings.defaults()
            .withFolder(Path.of(args[0]))
            .withCommands(container -> new ContainerWork.Command(line));
    try (Stand stand = new Stand(settings)) {
      stand.launch();
      new CountDownLatch(1).await();
    }
  }
}
