/// What the record says about each customer: tier, RFM group, lifecycle stage and repurchase forecast, at any
/// instant.
package io.regulars.scoring;
