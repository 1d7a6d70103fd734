using System.Text.RegularExpressions;

namespace MlOps.Tracking;

/// <summary>Keeps secrets out of snapshots.</summary>
internal static partial class SecretMask
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "***";

    /// <summary>Masks the values that belong to a secret's name: <c>--password x</c>, <c>--api-key=x</c>, <c>Pwd=x;</c>, <c>https://u:x@host</c>.</summary>
    public static IReadOnlyList<string> Arguments(IEnumerable<string> arguments)
    {
        var masked = new List<string>();
        var valueFollows = false;
        foreach (var argument in arguments)
        {
            var isOption = argument.StartsWith('-') || argument.StartsWith('/');
            if (valueFollows && !argument.StartsWith("--", StringComparison.Ordinal))
            {
                masked.Add(Mask);
                valueFollows = false;
                continue;
            }

            valueFollows = isOption && argument.IndexOfAny(['=', ':']) < 0 && SecretName().IsMatch(argument);
            masked.Add(StripUserInfo(Assignment().Replace(argument, match => $"{match.Groups["name"].Value}{Mask}")));
        }

        return masked;
    }

    /// <summary>Masks the value of a name like a secret's, and secrets inside of any other.</summary>
    public static string Value(string name, string value) =>
        SecretName().IsMatch(name) ? Mask : StripUserInfo(Assignment().Replace(value, match => $"{match.Groups["name"].Value}{Mask}"));

    /// <summary>Whether a file is of a kind that holds secrets, such as <c>.env</c> or <c>server.pfx</c>.</summary>
    public static bool IsSecretFile(string path) => SecretFile().IsMatch(path);

    /// <summary>Removes user name and password from a URL.</summary>
    public static string StripUserInfo(string text) => UserInfo().Replace(text, "$1");

    [GeneratedRegex("(?i)(secret|passw|pwd|token|api-?_?key|access-?_?key|credential|private-?_?key|connection-?_?string)", RegexOptions.None, 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex(
        "(?i)(?<name>[\\w-]*(secret|passw|pwd|token|api-?_?key|access-?_?key|account-?_?key|credential|private-?_?key)[\\w-]*\\s*[=:]\\s*)[^;]+",
        RegexOptions.None,
        1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(
        "(?i)(^|/)(\\.env[^/]*|\\.netrc|\\.pgpass|id_(rsa|dsa|ecdsa|ed25519)|(secrets?|credentials?)(\\.[a-z]+)?"
        + "|[^/]*\\.(pfx|p12|pem|key|jks|kdbx|publishsettings))$",
        RegexOptions.None,
        1000)]
    private static partial Regex SecretFile();

    [GeneratedRegex("([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@\\s]*@", RegexOptions.None, 1000)]
    private static partial Regex UserInfo();
}
