package dev.mystical.scanner.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A repository that tests make, with settings of its own alone. */
record GitRepository(Path folder) {

  static GitRepository create(Path folder) throws IOException {
    GitRepository repository = new GitRepository(Files.createDirectories(folder));
    repository.git("init", "--quiet", "--initial-branch=main");
    repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
    return repository;
  }

  GitRepository write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  GitRepository link(String file, String target) throws IOException {
    Files.createSymbolicLink(folder.resolve(file), Path.of(target));
    return this;
  }

  /** The commit's hash. */
  String commit() throws IOException {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "Change");
    return git("rev-parse", "HEAD").strip();
  }

  String git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Map<String, String> variables = new HashMap<>();
    variables.put("GIT_CONFIG_NOSYSTEM", "1");
    variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      variables.put("GIT_" + who + "_NAME", "Test");
      variables.put("GIT_" + who + "_EMAIL", "test@example.com");
    }
    return Programs.run(folder, variables, command);
  }
}
