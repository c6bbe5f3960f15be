# To be sourced: builds what is measured, and makes provinces of so many articles where there are none yet, each with a
# tenth of them at the desk. They stay in target/bench for the next time. Sets `built`, `folders` and `password`.
cargo build --release --locked --bin lantoa --example province --example one_query --example bare
built=${CARGO_TARGET_DIR:-target}
mkdir -p "$built/bench"
[[ -e $built/bench/password ]] || (umask 077 && od -An -N12 -tx1 /dev/urandom | tr -d ' \n' >"$built/bench/password")
password=$(<"$built/bench/password")
folders=()
for size in "${sizes[@]}"; do
    folder=$built/bench/$size
    # What was interrupted is not taken for a province.
    if [[ ! -e $folder/whole ]]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        "$built/release/examples/province" "$folder/data" "$size" "$password"
        touch "$folder/whole"
    fi
    folders+=("$folder/data")
done
printf '%s, %s, %d cores, load %s\n' "$(git describe --always --dirty)" "$(rustc --version)" "$(nproc)" "$(cut -d' ' -f1-3 /proc/loadavg)"
