package dev.mystical.scanner.distribution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/**
 * Prints the configuration of an OCI runtime for the image at a root file system, as its
 * Containerfile and the documents say that it is run: no capability, read-only root, the image's
 * user. The settings are those of the environment; the network is the machine's, for loopback.
 */
final class ContainerConfig {
  private static final Set<String> OURS = Set.of("PATH", "PWD", "OLDPWD", "SHLVL", "_");
  private static final long MEMORY = 512L << 20;
  private static final int USER = 65532;
  private static final int CPU_PERIOD = 100_000;

  private ContainerConfig() {}

  @SuppressWarnings("SystemOut") // it answers a script
  public static void main(String[] arguments) throws IOException {
    ObjectNode config = (ObjectNode) new ObjectMapper().readTree(FIXED);
    config.withObject("/root").put("path", arguments[0]);
    ObjectNode process = config.withObject("/process");
    ArrayNode environment = process.putArray("env");
    System.getenv()
        .forEach((name, value) -> {
          if (!OURS.contains(name) && !name.matches("TRIAL_.*|JAVA_HOME|SPOOL_DIR")) {
            environment.add(name + "=" + value);
          }
        });
    environment.add("SPOOL_DIR=/var/lib/scanner/spool");
    config.withObject("/process/user").put("uid", USER).put("gid", USER);
    config.withObject("/linux/resources/memory").put("limit", MEMORY).put("swap", MEMORY);
    config.withObject("/linux/resources/cpu").put("quota", CPU_PERIOD).put("period", CPU_PERIOD);
    System.out.println(config);
    System.exit(0);
  }

  private static final String FIXED =
      """
      {"ociVersion": "1.0.2",
       "hostname": "scanner",
       "root": {"readonly": true},
       "process": {
         "terminal": false,
         "noNewPrivileges": true,
         "cwd": "/var/lib/scanner",
         "args": ["/app/runtime/bin/java", "@/app/java.options", "-jar", "/app/consumer-app.jar", "serve"],
         "capabilities": {"bounding": [], "effective": [], "permitted": [], "ambient": []}},
       "mounts": [
         {"destination": "/proc", "type": "proc", "source": "proc"},
         {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755", "size=64k"]},
         {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev", "mode=1777"]},
         {"destination": "/var/lib/scanner", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev"]},
         {"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup", "options": ["nosuid", "nodev", "ro"]}],
       "linux": {
         "namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"}],
         "maskedPaths": ["/proc/kcore", "/proc/keys", "/proc/timer_list"],
         "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
         "resources": {}}}
      """;
}
