using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;

namespace MlOps.Pipelines.Code;

/// <summary>Writes a method's instructions with what their tokens mean.</summary>
internal static class InstructionText
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The tokens come from the same module's code, which trimming rewrites together with them.")]
    public static void Append(StringBuilder text, MethodBase method, byte[] il, ReachedMethods reached)
    {
        var position = 0;
        while (position < il.Length)
        {
            short value = il[position++];
            if (value == 0xFE)
            {
                value = (short)(0xFE00 | il[position++]);
            }

            var code = Codes[value];
            text.Append(code.Name);
            var size = SizeOf(code.OperandType, il, position);
            var operand = il.AsSpan(position, size);
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.InlineString:
                    text.Append(' ').Append(method.Module.ResolveString(BinaryPrimitives.ReadInt32LittleEndian(operand)));
                    break;
                case OperandType.InlineSig:
                    text.Append(' ').Append(Convert.ToHexString(method.Module.ResolveSignature(BinaryPrimitives.ReadInt32LittleEndian(operand))));
                    break;
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    AppendMember(text, Resolve(method, BinaryPrimitives.ReadInt32LittleEndian(operand)), reached);
                    break;
                default:
                    text.Append(' ').Append(Convert.ToHexString(operand));
                    break;
            }

            text.Append('\n');
            position += size;
        }
    }

    private static int SizeOf(OperandType type, byte[] il, int position) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(position))),
        _ => 4,
    };

    private static void AppendMember(StringBuilder text, MemberInfo? member, ReachedMethods reached)
    {
        text.Append(' ').Append(MemberNames.Of(member));
        switch (member)
        {
            case MethodBase called when reached.Add(called) is >= 0 and var index:
                text.Append(CultureInfo.InvariantCulture, $" #{index}");
                break;
            case FieldInfo { IsStatic: true, IsLiteral: false } field when InitializerOf(field.DeclaringType) is { } initializer:
                reached.Add(initializer);
                break;
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "An initializer that was trimmed away does not run either.")]
    private static ConstructorInfo? InitializerOf(Type? type) => type?.TypeInitializer;

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Members that running code refers to are kept; what is absent is written as absent.")]
    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        try
        {
            return method.Module.ResolveMember(token, typeArguments, methodArguments);
        }
        catch (Exception error) when (error is ArgumentException or TypeLoadException or MissingMemberException or FileNotFoundException)
        {
            return null;
        }
    }
}
