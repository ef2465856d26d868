import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Debezium, once for each file of properties that standard input names, until the next line, which is
 * empty: prints a line "<topic> <value as JSON>" for each change, "Debezium ended: " with what a connector
 * says that cannot go on, and "Debezium is stopped" where nothing of it is left.
 *
 * @see https://debezium.io/documentation/reference/stable/development/engine.html
 */
public final class Debezium {
  public static void main(String[] arguments) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String file = lines.readLine(); file != null; file = lines.readLine()) {
      Properties properties = new Properties();
      properties.load(Files.newBufferedReader(Path.of(file)));
      DebeziumEngine<ChangeEvent<String, String>> engine =
          DebeziumEngine.create(Json.class)
              .using(properties)
              .notifying(
                  change -> System.out.println(change.destination() + " " + change.value()))
              .using(
                  (success, message, error) -> {
                    if (success) return;
                    for (Throwable one = error; one != null; one = one.getCause()) message += "\n" + one;
                    System.out.println("Debezium ended: " + message);
                  })
              .build();
      Thread thread = new Thread(engine);
      thread.start();
      lines.readLine();
      try {
        engine.close();
      } catch (IllegalStateException hasEndedItself) {
      }
      thread.join();
      System.out.println("Debezium is stopped");
    }
  }
}
