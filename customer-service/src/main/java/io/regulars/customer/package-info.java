/// The record: who a merchant's customers are, what they bought and did, and what they allow.
package io.regulars.customer;
