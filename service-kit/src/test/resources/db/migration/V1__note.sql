create table note (
  merchant_id int not null,
  note_id bigint generated always as identity,
  words text not null constraint note_words_bounded check (length(words) <= 20),
  primary key (merchant_id, note_id)
);

select protect_by_merchant('note');
