import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Debezium, by the properties in a file: prints a line "<topic> <value as JSON>" for each change, until it
 * is ended. A connector that cannot go on ends the program with what it says.
 *
 * @see https://debezium.io/documentation/reference/stable/development/engine.html
 */
public final class Debezium {
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    properties.load(Files.newBufferedReader(Path.of(arguments[0])));
    try (DebeziumEngine<ChangeEvent<String, String>> engine =
        DebeziumEngine.create(Json.class)
            .using(properties)
            .notifying(
                change -> System.out.println(change.destination() + " " + change.value()))
            .using(
                (success, message, error) -> {
                  if (success) return;
                  for (Throwable one = error; one != null; one = one.getCause()) message += "\n" + one;
                  System.err.println("Debezium ended: " + message);
                })
            .build()) {
      engine.run();
    }
  }
}
