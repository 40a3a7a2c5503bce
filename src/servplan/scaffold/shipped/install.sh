# A name alone is not taken: servplan's is on no public index, where anybody could register it.
fault="is not pinned"
address="${SERVPLAN%%#*}"
case "$SERVPLAN" in
  "") fault="is not set" ;;
  -* | *" ") ;;
  *.whl | *.whl[[#]*) fault="" ;;
  *://*/*) case "${address##*/}" in *@main | *@master | *@HEAD) ;; ?*@?*) fault="" ;; esac ;;
esac
if [ -n "$fault" ]; then
  echo "${GITHUB_ACTIONS:+::error::}SERVPLAN $fault: give it a git address with a tag or commit, such as" \
    "servplan[fast] @ git+https://HOST/PATH.git@TAG, or a wheel's path, among the repository's variables (GitHub:" \
    "Settings, Secrets and variables, Actions, Variables) or the project's (GitLab: Settings, CI/CD, Variables)."
  exit 1
fi
python -m pip install --quiet "$SERVPLAN"
