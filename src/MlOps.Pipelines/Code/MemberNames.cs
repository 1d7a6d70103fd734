using System.Reflection;

namespace MlOps.Pipelines.Code;

/// <summary>Names members without tokens, assembly versions or the compiler's running numbers.</summary>
internal static class MemberNames
{
    public static string Of(MemberInfo? member) => member switch
    {
        null => "?",
        Type type => Stable(type.ToString()),
        MethodBase method => Stable($"{method.DeclaringType}::{method}"),
        _ => Stable($"{member.DeclaringType}::{member}"),
    };

    // <>c__DisplayClass12_0 and <Run>b__12_1 count the members before them: an unrelated edit renumbers them.
    private static string Stable(string name)
    {
        if (!name.Contains('<', StringComparison.Ordinal))
        {
            return name;
        }

        var kept = new char[name.Length];
        var length = 0;
        for (var index = 0; index < name.Length; index++)
        {
            if (!char.IsAsciiDigit(name[index]))
            {
                kept[length++] = name[index];
            }
        }

        return new string(kept, 0, length);
    }
}
