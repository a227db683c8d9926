/// A believable shop out of a seed: who its customers are, what they bought and when; pure, it sends nothing.
package io.regulars.local.demo.shop;
