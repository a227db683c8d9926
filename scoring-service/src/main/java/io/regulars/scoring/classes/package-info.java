/// Words for how a customer buys and behaves: how often, for how much, how big an order, how active, how content.
package io.regulars.scoring.classes;
