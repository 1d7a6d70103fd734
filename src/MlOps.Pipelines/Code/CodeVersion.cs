using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using MlOps.Storage;

namespace MlOps.Pipelines.Code;

/// <summary>The version of a method: a hash of its code and of all code of its assembly that it can reach.</summary>
/// <remarks>
/// Tokens are replaced by names, and numbers in names that the compiler made are dropped, so that edits elsewhere in the assembly change
/// nothing. Followed are calls, constructors, lambdas, local functions, async and iterator state machines and type initializers. Not seen:
/// which override a virtual or interface call reaches, other assemblies, and the values of fields and captured variables.
/// </remarks>
internal static class CodeVersion
{
    private const string Absence = "A trimmed application keeps the code of every method that it runs; where the code is absent, the caller asks for a version.";

    private static readonly ConditionalWeakTable<MethodBase, string> Known = [];

    /// <summary>The hash; null where the runtime has no intermediate code, as in native AOT.</summary>
    public static string? Of(Delegate code)
    {
        try
        {
            var method = code.Method;
            if (!Known.TryGetValue(method, out var version) && Describe(method) is { } text)
            {
                version = ContentHash.Of(Encoding.UTF8.GetBytes(text)).Value;
                Known.AddOrUpdate(method, version);
            }

            return version;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static string? Describe(MethodBase root)
    {
        var text = new StringBuilder();
        var reached = new ReachedMethods(root.Module.Assembly);
        reached.Add(root);
        for (var index = 0; index < reached.Count; index++)
        {
            var method = reached[index];
            var body = BodyOf(method);
            if (body is null && index == 0)
            {
                return null;
            }

            text.Append("method ").Append(index).Append(' ').Append(MemberNames.Of(method)).Append('\n');
            if (body?.GetILAsByteArray() is { } il)
            {
                InstructionText.Append(text, method, il, reached);
                foreach (var clause in body.ExceptionHandlingClauses)
                {
                    text.Append(clause.Flags).Append(clause.TryOffset).Append('+').Append(clause.TryLength).Append('>').Append(clause.HandlerOffset)
                        .Append(clause.Flags == ExceptionHandlingClauseOptions.Clause ? MemberNames.Of(clause.CatchType) : "").Append('\n');
                }
            }

            AddStateMachine(method, reached);
        }

        return text.ToString();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Absence)]
    private static MethodBody? BodyOf(MethodBase method) => method.IsAbstract ? null : method.GetMethodBody();

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = Absence)]
    private static void AddStateMachine(MethodBase method, ReachedMethods reached)
    {
        if (method.GetCustomAttribute<StateMachineAttribute>() is { StateMachineType: { } machine }
            && machine.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is { } moveNext)
        {
            reached.Add(moveNext);
        }
    }
}
