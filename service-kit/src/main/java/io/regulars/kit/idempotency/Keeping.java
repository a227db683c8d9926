package io.regulars.kit.idempotency;

/// How a key, the hash of its request and its answer lie in the table.
interface Keeping {

    String key();

    byte[] hash(byte[] request);

    String hide(String operation, String answer);

    String reveal(String operation, String kept);

    /// As they are.
    record Plain(String key) implements Keeping {

        @Override
        public byte[] hash(byte[] request) {
            return request;
        }

        @Override
        public String hide(String operation, String answer) {
            return answer;
        }

        @Override
        public String reveal(String operation, String kept) {
            return kept;
        }
    }
}
