package dev.mystical.scanner.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A connection to a client: its two directions and its deadline.
 *
 * @param output for the connection's thread alone, as {@code input} is
 */
record Link(Socket socket, Deadline deadline, StrictInput input, SocketOutput output) {
  // Bounds what an unread answer takes of the system's memory. With more, a client that reads
  // slowly but steadily could free too little of it within a write's deadline.
  private static final int SEND_BUFFER = 128 * 1024;

  private static final int UNREAD = 1024 * 1024;

  static Link over(Socket socket, ListenerTerms.Times times, LongSupplier nanos)
      throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSendBufferSize(SEND_BUFFER);
    Deadline deadline = new Deadline(socket, nanos, times.rest());
    return new Link(
        socket,
        deadline,
        new StrictInput(socket.getInputStream(), deadline),
        new SocketOutput(socket.getOutputStream(), deadline, times.write()));
  }

  InetAddress peer() {
    return socket.getInetAddress();
  }

  /**
   * Says that nothing more is answered, and waits a little until the client has stopped to send.
   * Who closes a socket with something unread in it takes back what he wrote last.
   */
  void part(Duration rest) throws IOException {
    socket.shutdownOutput();
    deadline.within(rest, Deadline.Then.CUT);
    input.skip(UNREAD);
  }

  /** Ends it, from any thread: whatever its own does with it fails. */
  void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is over in any case.
    }
  }

  /** Ends it so that the client cannot take what it got for all. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is over already.
    }
    cut();
  }
}
