package com.example;

import java.util.Map;

/** Translates word by word: a stand-in for a service of yours. */
public final class Translator {

    private static final Map<String, String> WORDS = Map.of("hello", "ciao", "friend", "amico");

    /** The text with each known word translated. */
    public String translate(String text) {
        StringBuilder translated = new StringBuilder();
        for (String word : text.split(" ")) {
            translated.append(translated.isEmpty() ? "" : " ").append(WORDS.getOrDefault(word, word));
        }
        return translated.toString();
    }
}
