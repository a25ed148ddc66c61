package dev.mystical.scanner.http;

/** What all connections of a listener have in common. */
record Hall(ListenerTerms terms, Router router, Seats seats, AnswerWriter writer) {}
