# An archive of any size made of the sample articles, with some lines that are no articles: archive ROUNDS > FILE
archive() {
    local i file samples
    samples=$(for file in "$(dirname "${BASH_SOURCE[0]}")"/../../corpus/samples/*.txt; do
        printf '{"id":"%s","text":"%s"}\n' "$(basename "$file" .txt)" "$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/$/\\n/' "$file" | tr -d '\000-\037')"
    done)
    for ((i = 0; i < $1; i++)); do
        if ((i % 40 == 7)); then echo broken; fi
        printf '%s\n' "${samples//\"id\":\"/\"id\":\"$i-}"
    done
}
