/// Tables for spreadsheets.
package io.regulars.kit.csv;
