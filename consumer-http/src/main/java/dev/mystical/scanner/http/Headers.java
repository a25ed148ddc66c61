package dev.mystical.scanner.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header fields of a request, in their order; names are compared without regard to case. */
public record Headers(List<Field> fields) {
  public static final Headers NONE = new Headers(List.of());

  public Headers {
    fields = List.copyOf(fields);
  }

  /** One field, as it was sent, without the white space around its value. */
  public record Field(String name, String value) {}

  /** These and another. */
  public Headers with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }

  /** Every value of that name. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** The value; of a field that was sent several times all of them, with commas between. */
  public Optional<String> value(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }
}
