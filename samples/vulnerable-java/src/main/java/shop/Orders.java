package shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Vulnerable on purpose: SQL made of user input, and a password in the code. */
public class Orders {

    private static final String PASSWORD = "winter2019";

    public String customerOf(String orderNumber) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:mem:shop", "shop", PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT customer FROM orders WHERE number = '" + orderNumber + "'")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
